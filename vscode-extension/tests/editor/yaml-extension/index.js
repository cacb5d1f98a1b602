// Stands in for the common YAML extension, which no registry of packages has: its own server, and
// as much of its interface for other extensions as they use.
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

let client;

exports.activate = async () => {
  const module = require.resolve('yaml-language-server/out/server/src/server.js');
  const options = { documentSelector: [{ language: 'yaml' }] };
  client = new LanguageClient('yaml', { module, transport: TransportKind.ipc }, options);
  const contributors = new Map();
  client.onRequest('custom/schema/request', (uri) =>
    [...contributors.values()].map(({ schemaOf }) => schemaOf(uri)).filter(Boolean),
  );
  client.onRequest('custom/schema/content', (schema) =>
    contributors.get(schema.split(':')[0]).contentOf(schema),
  );
  await client.start();
  await client.sendNotification('yaml/registerCustomSchemaRequest');
  return {
    registerContributor(scheme, schemaOf, contentOf) {
      if (contributors.has(scheme)) return false;
      contributors.set(scheme, { schemaOf, contentOf });
      return true;
    },
  };
};

exports.deactivate = () => client?.stop();
