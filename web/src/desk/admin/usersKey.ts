/** Under what the accounts are cached. */
export const usersKey = ["admin-users"] as const;
