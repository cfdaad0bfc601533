/** Changes to customers' files of the register. */
import { deskRequest } from "./deskRequest";
import type { CustomerFile } from "./types";

const REGISTER = "/api/v1/register";

export type Merge = CustomerFile["merges"][number];

const post = <Answer>(path: string, body: unknown) =>
  deskRequest<Answer>(`${REGISTER}${path}`, { method: "POST", body });

export const registerApi = {
  /** The other file becomes part of the kept one. */
  merge: (keptId: string, otherId: string) =>
    post<Merge>(`/customers/${encodeURIComponent(keptId)}/merge`, { other_id: otherId }),

  undoMerge: (mergeId: string) => post<Merge>(`/merges/${encodeURIComponent(mergeId)}/undo`, {}),
};
