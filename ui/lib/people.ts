import type { Person, Role } from "../../worker/contract/index.ts";
import { toast } from "../components/toast.tsx";
import { put, sentence } from "./api.ts";
import { invalidate } from "./query.ts";
import { storeApi } from "./store.ts";

export const ROLES = [
  ["view", "Can look"],
  ["operate", "Can process orders"],
  ["configure", "Can change everything"],
] as const;
export const ROLE: Record<Role, string> = { view: ROLES[0][1], operate: ROLES[1][1], configure: ROLES[2][1] };

/** A decision about a person; it acts on their next step, and Home no longer asks. */
export async function giveRole(person: { id: number; email: string }, role: Role): Promise<void> {
  try {
    await put<Person>(storeApi`/people/${person.id}`, { role });
    toast(`${person.email}: ${ROLE[role].toLowerCase()}.`);
  } catch (error) {
    toast(sentence(error), "error");
  } finally {
    invalidate(storeApi`/people`);
    invalidate(storeApi`/home`);
  }
}
