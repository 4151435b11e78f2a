/**
 * A refusal that is about what the merchant pays Cin7 for, not about our order (F4): a licence, a subscription or a trial that
 * has ended, or a module that is missing. Cin7 publishes no such text, so words decide; nothing of an order reads like this.
 */
const PAID = /\b(licen[cs]e|subscription|trial)\b/i;
const OVER = /\b(expired|ended|inactive|suspended|cancelled|canceled|required|missing|exceeded|not (active|valid))\b/i;
const says = (sentence: string): boolean => {
  const at = sentence.search(PAID);
  return at >= 0 && OVER.test(sentence.slice(at));
};

export const speaksOfLicence = (message: string, status: number): boolean => status === 402 || message.split(".").some(says);
