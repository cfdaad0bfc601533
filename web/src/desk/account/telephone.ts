import type { Telephone } from "../../api/types";

/** What was typed, as the server takes it: an empty field is no number. */
export const given = ({ phone, rung_on }: Telephone): Telephone => ({
  phone: phone?.trim() || null,
  rung_on,
});
