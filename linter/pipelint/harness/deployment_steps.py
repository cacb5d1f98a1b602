"""Which deployment types the steps of deployments are made for.

A table of our own, of what the server's step registry and the official schema say (2023 to 2026).
"""

from __future__ import annotations

_KUBERNETES = (
    "GitOpsFetchLinkedApps GitOpsGetAppDetails GitOpsRollback GitOpsRollout GitOpsSync "
    "GitOpsUpdateReleaseRepo K8sBGSwapServices K8sBlueGreenDeploy K8sBlueGreenStageScaleDown "
    "K8sBlueGreenStageScaleUp K8sCanaryDelete K8sCanaryDeploy K8sProgressiveCanaryRollback "
    "K8sRollingDeploy K8sRollingRollback MergePR RevertPR UpdateGitOpsApp"
)
_KUBERNETES_OR_HELM = (
    "K8sApply K8sDelete K8sDiff K8sDryRun K8sPatch K8sRollout K8sScale K8sTrafficRouting"
)
_HELM = (
    "HelmBGDeploy HelmBlueGreenSwapStep HelmCanaryDelete HelmCanaryDeploy HelmDeploy HelmRollback"
)
_ECS = (
    "EcsBasicRollback EcsBlueGreenCreateService EcsBlueGreenRollback EcsBlueGreenSwapTargetGroups "
    "EcsBlueGreenTrafficShift EcsCanaryDelete EcsCanaryDeploy EcsRollingDeploy EcsRollingRollback "
    "EcsRunTask EcsServiceSetup EcsUpgradeContainer"
)
_TAS = (
    "AppResize AppRollback BGAppSetup BasicAppSetup CanaryAppSetup RouteMapping SwapRollback "
    "SwapRoutes TanzuCommand TasRollingDeploy TasRollingRollback"
)
_ASG = (
    "AsgBlueGreenDeploy AsgBlueGreenRollback AsgBlueGreenSwapService AsgCanaryDelete "
    "AsgCanaryDeploy AsgPhasedDeploy AsgRollback AsgRollingDeploy AsgRollingRollback AsgScale "
    "AsgSetup AsgShiftTraffic"
)
_SERVERLESS = (
    "ServerlessAwsLambdaDeploy ServerlessAwsLambdaDeployV2 ServerlessAwsLambdaPackageV2 "
    "ServerlessAwsLambdaPrepareRollbackV2 ServerlessAwsLambdaRollback ServerlessAwsLambdaRollbackV2"
)
_AZURE_APPS = (
    "AzureContainerAppsDeploy AzureContainerAppsPrepareRollbackData AzureContainerAppsRollback "
    "AzureContainerAppsTrafficShift"
)
_WEB_APP = "AzureSlotDeployment AzureSwapSlot AzureTrafficShift AzureWebAppRollback"
_FUNCTIONS = (
    "CloudFunctionRollback CloudFunctionTrafficShift DeployCloudFunction DeployCloudFunctionGenOne "
    "DeployCloudFunctionWithNoTraffic RollbackCloudFunctionGenOne"
)
_ELASTIGROUP = (
    "ElastigroupBGStageSetup ElastigroupBlueGreenTrafficShift ElastigroupDeploy "
    "ElastigroupRollback ElastigroupSetup ElastigroupSwapRoute"
)
_CLOUD_RUN = (
    "GoogleCloudRunDeploy GoogleCloudRunPrepareRollbackData GoogleCloudRunRollback "
    "GoogleCloudRunTrafficShift"
)
_INSTANCES = (
    "GoogleMigBlueGreenDeploy GoogleMigBlueGreenRollback GoogleMigDeploy GoogleMigSteadyState "
    "GoogleMigTrafficShift"
)

_GROUPS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("Kubernetes",), _KUBERNETES),
    (("Kubernetes", "NativeHelm"), _KUBERNETES_OR_HELM),
    (("NativeHelm",), _HELM),
    (("ECS",), _ECS),
    (("TAS",), _TAS),
    (("Asg",), _ASG),
    (("ServerlessAwsLambda",), _SERVERLESS),
    (
        ("AwsLambda",),
        "AwsLambdaCanaryDeploy AwsLambdaCanaryRollback AwsLambdaDeploy AwsLambdaTrafficShift",
    ),
    (("AWS_SAM",), "AwsSamBuild AwsSamDeploy AwsSamRollback"),
    (("AzureContainerApps",), _AZURE_APPS),
    (("AzureFunction",), "AzureFunctionDeploy AzureFunctionRollback"),
    (("AzureWebApp",), _WEB_APP),
    (("GoogleCloudFunctions",), _FUNCTIONS),
    (("Ssh", "WinRm", "CustomDeployment"), "Command"),
    (("CustomDeployment",), "FetchInstanceScript"),
    (("Elastigroup",), _ELASTIGROUP),
    (("GoogleCloudRun",), _CLOUD_RUN),
    (("GoogleManagedInstanceGroup",), _INSTANCES),
)

DEPLOYMENT_TYPES = {step: types for types, steps in _GROUPS for step in steps.split()}
"""Step type → the deployment types that it is made for; other steps are made for all."""
