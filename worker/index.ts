import { onCron } from "./cron.ts";
import { configOf, type Env } from "./env.ts";
import { app } from "./routes.ts";

export { Gate } from "./cin7/gate.ts";
export { Inbox } from "./inbox/inbox.ts";

export default {
  fetch(request, env, context) {
    configOf(env); // a deployment with missing settings says so at once, by name
    return app.fetch(request, env, context);
  },
  async scheduled(event, env) {
    await onCron(env, event.cron, event.scheduledTime);
  },
} satisfies ExportedHandler<Env>;
