import { Button, Result, Spin } from "antd";
import { lazy, Suspense } from "react";
import { createBrowserRouter, Link } from "react-router";
import { deskWords, errorPanelWords } from "../messages/desk.zh-CN";
import { DeskLayout } from "./layout/DeskLayout";
import { LoginPage } from "./login/LoginPage";
import { HomePage } from "./session/HomePage";
import { RequireSession } from "./session/RequireSession";

const LivePage = lazy(async () => ({ default: (await import("./live/LivePage")).LivePage }));
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
const CustomersPage = lazy(async () => ({
  default: (await import("./customers/CustomersPage")).CustomersPage,
}));
const CustomerPage = lazy(async () => ({
  default: (await import("./customers/CustomerPage")).CustomerPage,
}));
const UsersPage = lazy(async () => ({ default: (await import("./admin/UsersPage")).UsersPage }));
const ChannelsPage = lazy(async () => ({
  default: (await import("./admin/ChannelsPage")).ChannelsPage,
}));
const RevealsPage = lazy(async () => ({
  default: (await import("./admin/RevealsPage")).RevealsPage,
}));
const AccountPage = lazy(async () => ({
  default: (await import("./account/AccountPage")).AccountPage,
}));
const RegisterPage = lazy(async () => ({
  default: (await import("./register/RegisterPage")).RegisterPage,
}));
const MergePage = lazy(async () => ({
  default: (await import("./register/merging/MergePage")).MergePage,
}));

const CannedPage = lazy(async () => ({
  default: (await import("./answering/CannedPage")).CannedPage,
}));
const BoardPage = lazy(async () => ({ default: (await import("./orders/BoardPage")).BoardPage }));
const TechPage = lazy(async () => ({ default: (await import("../tech/TechPage")).TechPage }));

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
              path: "/tech/:number?",
              element: (
                <Suspense fallback={<Spin className="page-spin" description={deskWords.loading} />}>
                  <TechPage />
                </Suspense>
              ),
            },
            {
              element: <DeskLayout />,
              children: [
                { path: "/", element: <HomePage /> },
                { path: "/live/:id?", element: <LivePage /> },
                { path: "/tickets", element: <TicketListPage /> },
                { path: "/tickets/:number", element: <TicketPage /> },
                { path: "/wall", element: <WallPage /> },
                { path: "/board", element: <BoardPage /> },
                { path: "/policy", element: <PolicyPage /> },
                { path: "/register", element: <RegisterPage /> },
                { path: "/register/merge", element: <MergePage /> },
                { path: "/customers", element: <CustomersPage /> },
                { path: "/customers/:id", element: <CustomerPage /> },
                { path: "/admin/canned", element: <CannedPage /> },
                { path: "/admin/users", element: <UsersPage /> },
                { path: "/admin/channels", element: <ChannelsPage /> },
                { path: "/admin/reveals", element: <RevealsPage /> },
                { path: "/account", element: <AccountPage /> },
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
