import type { User } from "../../api/types";

/** Who supervises: all but agents (as the backend's roles say). */
export function supervises(role: User["role"]): boolean {
  return role !== "agent";
}
