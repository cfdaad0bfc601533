import { Spin } from "antd";
import { Navigate, Outlet, useLocation } from "react-router";
import { deskWords } from "../../messages/desk.zh-CN";
import { ErrorPanel } from "../components/ErrorPanel";
import { loginPath } from "./returnPath";
import { useSession } from "./useSession";

/** Lets only people who are logged in further; the others come back here after logging in. */
export function RequireSession() {
  const { data: session, error, isPending, refetch } = useSession();
  const { pathname, search } = useLocation();
  if (isPending) return <Spin fullscreen description={deskWords.loading} />;
  if (session === undefined) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (session === null) return <Navigate replace to={loginPath(pathname + search)} />;
  return <Outlet context={session} />;
}
