import { Button, Result } from "antd";
import { lazy } from "react";
import { createBrowserRouter, Link, Navigate } from "react-router";
import { deskWords, errorPanelWords } from "../messages/desk.zh-CN";
import { DeskLayout } from "./layout/DeskLayout";
import { LoginPage } from "./login/LoginPage";
import { RequireSession } from "./session/RequireSession";

const TicketListPage = lazy(async () => ({
  default: (await import("./tickets/TicketListPage")).TicketListPage,
}));
const TicketPage = lazy(async () => ({
  default: (await import("./ticket/TicketPage")).TicketPage,
}));

const WallPage = lazy(async () => ({ default: (await import("./wall/WallPage")).WallPage }));
const PolicyPage = lazy(async () => ({
  default: (await import("./policy/PolicyPage")).PolicyPage,
}));
const RegisterPage = lazy(async () => ({
  default: (await import("./register/RegisterPage")).RegisterPage,
}));

function UnknownPage() {
  return (
    <Result
      status="404"
      title={deskWords.unknownPage}
      extra={<Link to="/tickets">{deskWords.backToTickets}</Link>}
    />
  );
}

function CrashedPage() {
  return (
    <Result
      status="error"
      title={errorPanelWords.crashed}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {errorPanelWords.reload}
        </Button>
      }
    />
  );
}

export const router = createBrowserRouter(
  [
    {
      errorElement: <CrashedPage />,
      children: [
        { path: "/login", element: <LoginPage /> },
        {
          element: <RequireSession />,
          children: [
            {
              element: <DeskLayout />,
              children: [
                { path: "/", element: <Navigate replace to="/tickets" /> },
                { path: "/tickets", element: <TicketListPage /> },
                { path: "/tickets/:number", element: <TicketPage /> },
                { path: "/wall", element: <WallPage /> },
                { path: "/policy", element: <PolicyPage /> },
                { path: "/register", element: <RegisterPage /> },
                { path: "*", element: <UnknownPage /> },
              ],
            },
          ],
        },
      ],
    },
  ],
  { basename: "/desk" },
);
