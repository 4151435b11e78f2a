/**
 * A refusal that is about what the merchant pays Cin7 for, not about our order (F4): a licence, a subscription or a trial that
 * has ended, or a module that is missing. Cin7 publishes no such text, so words decide; nothing of an order reads like this.
 */
const WORDS =
  /\b(licen[cs]e|subscription|trial)\b[^.]*\b(expired|ended|inactive|suspended|cancelled|canceled|required|missing|exceeded|not (active|valid))\b/i;

export const speaksOfLicence = (message: string, status: number): boolean => status === 402 || WORDS.test(message);
