/** Texts cut to Cin7's lengths; every cut is told (N19). Lengths are characters as people count them. */
export type Losses = string[];

export function fit(text: string, longest: number, what: string, losses: Losses): string {
  const clean = text.replace(/\r\n?/g, "\n").trim();
  const characters = [...clean];
  // Cin7 counts UTF-16 units, so does the cut.
  if (clean.length <= longest) return clean;
  let kept = "";
  for (const character of characters) {
    if (kept.length + character.length > longest) break;
    kept += character;
  }
  losses.push(`${what}: cut to ${longest} characters, "${shown(clean.slice(kept.length))}" did not fit.`);
  return kept.trimEnd();
}

const shown = (rest: string): string => (rest.length > 80 ? `${rest.slice(0, 77)}…` : rest);
