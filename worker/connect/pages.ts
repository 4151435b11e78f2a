/**
 * The few pages that the Worker writes itself: what a person sees when a callback cannot open the app. No script, no inline
 * style (CSP `default-src 'none'; style-src 'self'`), nothing of the request in them, and no word about why.
 */
export type Trouble = "open-again" | "not-installed" | "no-access" | "no-answer" | "too-many" | "our-error";
export type PageStatus = 401 | 400 | 403 | 502 | 429 | 500;

export const STYLE_PATH = "/callback.css";

const WORDS: Record<Trouble, { title: string; text: string[] }> = {
  "open-again": {
    title: "Open the app again from Apps",
    text: [
      "This link can be used once and only for a short time.",
      "In your BigCommerce control panel choose Apps, then Lockstep for Cin7 Core.",
    ],
  },
  "not-installed": {
    title: "Install Lockstep for Cin7 Core",
    text: [
      "Lockstep is not connected to this store.",
      "In your BigCommerce control panel choose Apps, uninstall Lockstep for Cin7 Core if it is listed, and install it again. Your links and settings are found again if they are less than 30 days old.",
    ],
  },
  "no-access": {
    title: "Lockstep did not get the access it needs",
    text: [
      "Lockstep needs at least Orders and Information & settings of this store.",
      "Open the app again from Apps in your BigCommerce control panel and accept the access it asks for.",
    ],
  },
  "no-answer": {
    title: "BigCommerce did not answer",
    text: [
      "The installation could not be finished. Nothing was changed.",
      "Open the app again from Apps in your BigCommerce control panel in a few minutes.",
    ],
  },
  "our-error": {
    title: "Something went wrong on our side",
    text: ["It was noted.", "Open the app again from Apps in your BigCommerce control panel in a minute."],
  },
  "too-many": {
    title: "Too many tries",
    text: ["Wait a minute.", "Then open the app again from Apps in your BigCommerce control panel."],
  },
};

/** A whole page; all words are ours. */
export function troublePage(trouble: Trouble): string {
  const { title, text } = WORDS[trouble];
  const lines = text.map((line) => `      <p>${line.replace(/&/g, "&amp;")}</p>`).join("\n");
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <title>${title} - Lockstep for Cin7 Core</title>
    <link rel="stylesheet" href="${STYLE_PATH}">
  </head>
  <body>
    <main>
      <p class="name">Lockstep for Cin7 Core</p>
      <h1>${title}</h1>
${lines}
    </main>
  </body>
</html>
`;
}

export const STYLE = `body { margin: 0; background: #f6f7f9; color: #313440; font: 16px/1.5 "Source Sans 3", system-ui, sans-serif; }
main { max-width: 34rem; margin: 10vh auto; padding: 1.5rem 2rem; background: #fff; border: 1px solid #d9dce9; border-radius: 4px; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; font-weight: 400; }
.name { margin: 0 0 .5rem; color: #5e637a; font-size: .875rem; }
`;

/**
 * Where the browser goes after a callback: the code in the fragment, which no server and no log sees (design 1). `store`: the page
 * is to be framed by this store's control panel alone.
 */
export const landing = (code: string, to: string | null, store: string | null): string =>
  `/${store ? `?store=${store}` : ""}#code=${code}${to ? `&to=${encodeURIComponent(to)}` : ""}`;
