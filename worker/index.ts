import "./app/compose/problems.ts";
import "./app/compose/work.ts";
import { onCron } from "./app/cron.ts";
import { app } from "./app/routes.ts";
import { configOf, type Env } from "./env.ts";

export { Inbox } from "./app/inbox-object.ts";
export { Gate } from "./cin7/gate.ts";

export default {
  fetch(request, env, context) {
    configOf(env); // a deployment with missing settings says so at once, by name
    return app.fetch(request, env, context);
  },
  async scheduled(event, env) {
    await onCron(env, event.cron, event.scheduledTime);
  },
} satisfies ExportedHandler<Env>;
