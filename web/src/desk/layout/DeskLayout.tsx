import { Layout, Spin } from "antd";
import { Suspense } from "react";
import { NavLink, Outlet, useOutletContext } from "react-router";
import type { Session } from "../../api/types";
import { deskWords, layoutWords } from "../../messages/desk.zh-CN";
import { HelpSheet } from "../keyboard/HelpSheet";
import { RealtimeProvider } from "../realtime/RealtimeProvider";
import { supervises } from "../session/roles";
import { AccountMenu } from "./AccountMenu";
import { ConnectionDot } from "./ConnectionDot";
import { ThemeSwitch } from "./ThemeSwitch";

/** What surrounds every page of somebody who is logged in. */
export function DeskLayout() {
  const session = useOutletContext<Session>();
  return (
    <RealtimeProvider key={session.user.id}>
      <Layout className="desk">
        <Layout.Header className="desk-header">
          <NavLink to="/tickets" className="desk-brand">
            {layoutWords.brand}
          </NavLink>
          <nav className="desk-nav">
            <NavLink to="/tickets">{layoutWords.tickets}</NavLink>
            {supervises(session.user.role) && <NavLink to="/wall">{layoutWords.wall}</NavLink>}
            <NavLink to="/register">{layoutWords.register}</NavLink>
            <NavLink to="/policy">{layoutWords.policy}</NavLink>
          </nav>
          <ConnectionDot />
          <HelpSheet />
          <ThemeSwitch />
          <AccountMenu user={session.user} />
        </Layout.Header>
        <Layout.Content className="desk-content">
          <Suspense fallback={<Spin className="page-spin" description={deskWords.loading} />}>
            <Outlet />
          </Suspense>
        </Layout.Content>
      </Layout>
    </RealtimeProvider>
  );
}
