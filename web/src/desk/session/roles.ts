import type { User } from "../../api/types";

/** Who supervises: all but agents (as the backend's roles say). */
export function supervises(role: User["role"]): boolean {
  return role !== "agent";
}

const TALKERS: readonly User["role"][] = ["agent", "supervisor"];

export function homeOf(role: User["role"]): string {
  return TALKERS.includes(role) ? "/live" : "/tickets";
}
