import { Layout, Spin } from "antd";
import { Suspense } from "react";
import { NavLink, Outlet, useOutletContext } from "react-router";
import type { Session } from "../../api/types";
import { cannedWords } from "../../messages/answering.zh-CN";
import { customerWords } from "../../messages/customers.zh-CN";
import { deskWords, layoutWords } from "../../messages/desk.zh-CN";
import { liveWords } from "../../messages/live.zh-CN";
import { boardWords } from "../../messages/orders.zh-CN";
import { InboxBell } from "../inbox/InboxBell";
import { HelpSheet } from "../keyboard/HelpSheet";
import { LiveProvider } from "../live/LiveProvider";
import { PresenceSwitch } from "../live/presence/PresenceSwitch";
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
      <LiveProvider me={session.user}>
        <Layout className="desk">
          <Layout.Header className="desk-header">
            <NavLink to="/" className="desk-brand">
              {layoutWords.brand}
            </NavLink>
            <nav className="desk-nav">
              <NavLink to="/live">{liveWords.nav}</NavLink>
              <NavLink to="/tickets">{layoutWords.tickets}</NavLink>
              {supervises(session.user.role) && <NavLink to="/wall">{layoutWords.wall}</NavLink>}
              <NavLink to="/board">{boardWords.nav}</NavLink>
              <NavLink to="/customers">{customerWords.title}</NavLink>
              <NavLink to="/register">{layoutWords.register}</NavLink>
              <NavLink to="/policy">{layoutWords.policy}</NavLink>
              <NavLink to="/admin/canned">{cannedWords.nav}</NavLink>
            </nav>
            <PresenceSwitch />
            <ConnectionDot />
            <InboxBell role={session.user.role} />
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
      </LiveProvider>
    </RealtimeProvider>
  );
}
