// What runs checks inside of the extension host, and waits there.
const PATIENCE_MS = 15_000;

exports.until = async function until(read) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${read}`);
    await new Promise((tell) => setTimeout(tell, 50));
  }
};

/** Run all checks, also after one that fails, and say how each went. */
exports.runAll = async (checks, ...given) => {
  const failures = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(...given);
      console.log(`ok   ${name}`);
    } catch (problem) {
      console.error(`FAIL ${name}: ${problem.message}`);
      failures.push(name);
    }
  }
  if (failures.length > 0) throw new Error(`${failures.length} checks failed`);
};
