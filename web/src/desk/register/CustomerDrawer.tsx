import { useQuery } from "@tanstack/react-query";
import { Card, Descriptions, Drawer, Grid, Skeleton, Tag, Timeline } from "antd";
import { deskApi } from "../../api/desk";
import type { CustomerFile } from "../../api/types";
import { registerWords } from "../../messages/wall.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";
import { ErrorPanel } from "../components/ErrorPanel";
import { Phone } from "../ticket/ContactCard";
import { SaleTable } from "./RegisterTables";

const WIDE = 760;
const words = registerWords;

function Facts({ file }: { file: CustomerFile }) {
  const items = [
    {
      key: "phones",
      label: words.phones,
      children: file.phones.map((phone) => (
        <div key={phone}>
          <Phone phone={phone} />
        </div>
      )),
    },
    { key: "address", label: words.address, children: file.address ?? words.none },
    { key: "unit", label: words.unit, children: file.unit ?? words.none },
    { key: "region", label: words.region, children: file.region ?? words.none },
  ];
  return <Descriptions size="small" column={1} items={items} className="contact-lines" />;
}

function Contracts({ file }: { file: CustomerFile }) {
  if (file.contracts.length === 0) return null;
  return (
    <Card size="small" title={words.contracts}>
      {file.contracts.map((contract) => (
        <div key={contract.number}>
          {contract.number}{" "}
          <span className="quiet">{words.contractTerm(contract.starts_on, contract.ends_on)}</span>{" "}
          {contract.parts_free && <Tag color="green">{words.partsFree}</Tag>}
        </div>
      ))}
    </Card>
  );
}

function Entries({ file }: { file: CustomerFile }) {
  return (
    <Card size="small" title={words.entries}>
      {file.entries.length === 0 ? (
        <span className="quiet">{words.noEntries}</span>
      ) : (
        <Timeline
          items={file.entries.map((entry) => ({
            key: entry.id,
            content: (
              <>
                <Tag>{labelOf(words.entryKinds, entry.kind)}</Tag>
                <span className="own-words">{entry.text}</span>
                <div className="quiet">
                  {entry.author} {formatTime(entry.at)}
                </div>
              </>
            ),
          }))}
        />
      )}
    </Card>
  );
}

/** A customer's file (R10-8). */
export function CustomerDrawer({ id, onClose }: { id: string; onClose(): void }) {
  const wide = Grid.useBreakpoint().md ?? true;
  const { data, error, refetch } = useQuery({
    queryKey: ["customer", id],
    queryFn: ({ signal }) => deskApi.customerFile(id, signal),
  });
  return (
    <Drawer
      open
      size={wide ? WIDE : "100%"}
      title={
        <>
          {data?.name ?? words.file}{" "}
          {data?.key_customer && <Tag color="gold">{words.keyCustomer}</Tag>}
        </>
      }
      onClose={onClose}
      data-testid="customer-file"
    >
      {!data && !error && <Skeleton active />}
      {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {data && (
        <div className="ticket-column">
          <Facts file={data} />
          <Card size="small" title={words.sales}>
            <SaleTable sales={data.sales} />
          </Card>
          <Contracts file={data} />
          <Entries file={data} />
        </div>
      )}
    </Drawer>
  );
}
