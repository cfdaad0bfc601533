import { Navigate } from "react-router";
import { homeOf } from "./roles";
import { useSession } from "./useSession";

/** Where somebody begins: those who talk to customers among the conversations, others at the cases. */
export function HomePage() {
  const user = useSession().data?.user;
  return user ? <Navigate replace to={homeOf(user.role)} /> : null;
}
