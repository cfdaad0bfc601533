import "./tickets.css";
import { Alert, Button, Grid, Pagination, Typography } from "antd";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { deskWords, ticketListWords } from "../../messages/desk.zh-CN";
import { ErrorPanel } from "../components/ErrorPanel";
import { useListKeys } from "../keyboard/useListKeys";
import { listName } from "../realtime/arrivals";
import { useArrivalLog, useArrivals } from "../realtime/RealtimeProvider";
import { BulkBar } from "./bulk/BulkBar";
import { ExportButton } from "./ExportButton";
import { isFiltered, PAGE_SIZES, type TicketFilters } from "./filters";
import { TicketCards } from "./TicketCards";
import { TicketFilterBar } from "./TicketFilterBar";
import { TicketTable } from "./TicketTable";
import { useTicketList } from "./ticketQueries";
import { useTicketFilters } from "./useTicketFilters";
import { ViewBar } from "./views/ViewBar";

interface NewTicketsProps {
  count: number;
  onShow(): void;
}

function NewTickets({ count, onShow }: NewTicketsProps) {
  if (count === 0) return null;
  return (
    <Alert
      className="new-tickets"
      type="info"
      showIcon
      data-testid="new-tickets"
      title={ticketListWords.newTickets(count)}
      action={
        <Button size="small" type="primary" onClick={onShow}>
          {ticketListWords.showNew}
        </Button>
      }
    />
  );
}

/** New tickets that belong to the list and are not on the screen. */
function useUnseen(filters: TicketFilters, shown: readonly { number: string }[]): number {
  const { unseen } = useArrivals();
  const log = useArrivalLog();
  useEffect(() => () => log.forget(filters), [log, filters]);
  const numbers = new Set(shown.map((ticket) => ticket.number));
  return [...(unseen.get(listName(filters)) ?? [])].filter((each) => !numbers.has(each)).length;
}

export function TicketListPage() {
  const { filters, change, search } = useTicketFilters();
  const { data, error, isFetching, isPlaceholderData, refetch } = useTicketList(filters);
  const { highlighted } = useArrivals();
  const log = useArrivalLog();
  const wide = Grid.useBreakpoint().md ?? true;
  const tickets = data?.items ?? [];
  const unseen = useUnseen(filters, tickets);
  const [ticked, setTicked] = useState<string[]>([]);
  const navigate = useNavigate();
  const chosen = useListKeys(
    tickets.map((ticket) => ticket.number),
    (number) => navigate(`/tickets/${number}`),
  );
  useEffect(() => {
    document.title = `${ticketListWords.title} · ${deskWords.title}`;
  }, []);

  const showNew = () => {
    log.forget(filters);
    if (filters.page > 1) change({ ...filters, page: 1 });
    else void refetch();
  };
  const List = wide ? TicketTable : TicketCards;

  return (
    <>
      <div className="page-head">
        <Typography.Title level={1}>{ticketListWords.title}</Typography.Title>
        {data && <span className="quiet">{ticketListWords.total(data.total)}</span>}
        <span className="page-head-end">
          <ExportButton chosen={filters} total={data?.total ?? 0} />
        </span>
      </div>
      <ViewBar
        chosen={filters}
        onChoose={(choice) => change({ ...choice, page: 1, pageSize: filters.pageSize })}
      />
      <TicketFilterBar filters={filters} onChange={change} onSearch={search} />
      <BulkBar
        chosen={tickets.filter((ticket) => ticked.includes(ticket.number))}
        onClear={() => setTicked([])}
      />
      <NewTickets count={unseen} onShow={showNew} />
      {error && !data ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <List
          tickets={tickets}
          highlighted={highlighted}
          chosen={chosen}
          ticked={ticked}
          onTick={setTicked}
          loading={!data || (isPlaceholderData && isFetching)}
          empty={isFiltered(filters) ? ticketListWords.emptyFiltered : ticketListWords.empty}
        />
      )}
      {data && data.total > 0 && (
        <Pagination
          className="list-pages"
          align="end"
          size={wide ? "medium" : "small"}
          current={filters.page}
          pageSize={filters.pageSize}
          pageSizeOptions={[...PAGE_SIZES]}
          total={data.total}
          showSizeChanger={wide}
          onChange={(page, pageSize) =>
            change({ ...filters, page: pageSize === filters.pageSize ? page : 1, pageSize })
          }
        />
      )}
    </>
  );
}
