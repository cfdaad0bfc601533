/** One's own account, and what administrators and supervisors see of the house. */
import { deskRequest } from "./deskRequest";
import type {
  Account,
  AccountChange,
  AccountList,
  Enrolment,
  Health,
  NewAccount,
  OwnAccount,
  Telephone,
} from "./types";

const USERS = "/api/v1/admin/users";
const AUTH = "/api/v1/auth";

const userPath = (id: string) => `${USERS}/${encodeURIComponent(id)}`;
const post = <Answer>(path: string, body: unknown = {}) =>
  deskRequest<Answer>(path, { method: "POST", body });

export const adminApi = {
  users: (signal?: AbortSignal) => deskRequest<AccountList>(USERS, { signal }),
  makeUser: (account: NewAccount) => post<Account>(USERS, account),
  changeUser: (id: string, change: AccountChange) =>
    deskRequest<Account>(userPath(id), { method: "PATCH", body: change }),
  resetPassword: (id: string, password: string) =>
    post<Account>(`${userPath(id)}/password`, { password }),
  unlock: (id: string) => post<Account>(`${userPath(id)}/unlock`),
  endSessions: (id: string) => post<Account>(`${userPath(id)}/sessions/end`),
  endSecondFactor: (id: string) => post<Account>(`${userPath(id)}/second-factor/off`),

  health: (signal?: AbortSignal) => deskRequest<Health>("/api/v1/admin/channels", { signal }),

  own: (signal?: AbortSignal) => deskRequest<OwnAccount>(`${AUTH}/account`, { signal }),
  changePassword: (current: string, fresh: string) =>
    post<null>(`${AUTH}/password`, { current, new: fresh }),
  changeTelephone: (telephone: Telephone) =>
    deskRequest<Telephone>(`${AUTH}/telephone`, { method: "PUT", body: telephone }),
  endSession: (id: string) =>
    deskRequest<null>(`${AUTH}/sessions/${encodeURIComponent(id)}`, { method: "DELETE" }),
  endOtherSessions: () => post<null>(`${AUTH}/sessions/end-others`),
  beginFactor: (password: string) => post<Enrolment>(`${AUTH}/second-factor`, { password }),
  confirmFactor: async (code: string) =>
    (await post<{ codes: string[] }>(`${AUTH}/second-factor/confirm`, { code })).codes,
  endFactor: (password: string) => post<null>(`${AUTH}/second-factor/off`, { password }),
};
