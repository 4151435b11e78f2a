import { connect, DEMO_STORE } from "./connect.ts";
import { buildUi, startStack } from "./stack.ts";

/** `npm start`: the twins and the Worker with persistent data; `--connected` also installs, links and sets up the demo store. */
const appPort = Number(process.env["APP_PORT"] ?? 8787);
const twinsPort = Number(process.env["TWINS_PORT"] ?? 8788);
const dataDir = process.env["DATA_DIR"] ?? ".data";

console.log("Building the pages …");
await buildUi();
console.log("Starting the simulated BigCommerce and Cin7 Core, and the Worker …");
const stack = await startStack({ dataDir, appPort, twinsPort });

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  console.log("\nStopping; the data stays in", dataDir);
  await stack.stop();
  process.exit(0);
};
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
for (const [name, running] of [
  ["The Worker", stack.worker],
  ["The simulated vendors", stack.twinsProcess],
] as const) {
  running.child.on("exit", (code) => {
    console.error(`${name} ended (${code}).\n${running.log().slice(-3000)}`);
    process.exit(1);
  });
}

if (process.argv.includes("--connected")) {
  const { store, account } = await connect(stack);
  console.log(`ready ${JSON.stringify({ app: stack.app, twins: stack.twins, store, account })}`);
} else {
  console.log(`
  Start here     ${stack.twins}/
                 a simulated BigCommerce control panel: install Lockstep on ${DEMO_STORE}, place an order, see the sale
  Cin7 Core      ${stack.twins}/cin7-console      a simulated account, with the keys to sign in
  Mail           ${stack.twins}/mail-console      the alerts that Lockstep sent
  Console        ${stack.app}/                    Lockstep outside the control panel
  Data           ${dataDir}                       stays; delete the folder to begin anew

  Ctrl+C stops both.
`);
}
await new Promise(() => {});
