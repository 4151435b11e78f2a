import "./styles/tokens.css";
import "./styles/font.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/choices.css";
import "./styles/layout.css";
import "./styles/feedback.css";
import "./styles/table.css";
import "./styles/pages.css";
import "./styles/setup.css";
import "./styles/order.css";
import "./styles/dialog.css";
import "./styles/inbox.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { toast } from "./components/toast.tsx";
import { watchFocus } from "./lib/focus.ts";
import { start } from "./lib/session.ts";

// After a deployment the files of an older page may be gone.
addEventListener("vite:preloadError", () =>
  toast("This page could not be loaded. Check your connection, or open Lockstep again.", "error"),
);

const root = document.getElementById("app");
root?.replaceChildren();
if (root) render(<App />, root);
watchFocus();
void start();
