import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Empty, Input, Skeleton } from "antd";
import { useState } from "react";
import { deskApi } from "../../../api/desk";
import { mergeWords as words } from "../../../messages/merging.zh-CN";
import { ErrorLine, ErrorPanel } from "../../components/ErrorPanel";
import { useCustomerFile } from "./mergeQueries";

const LONGEST = 100;

/** What is searched is not kept in the address, for it may be a phone number. */
function Finder({ title, onChoose }: { title: string; onChoose(id: string): void }) {
  const [text, setText] = useState("");
  const { data, error, isFetching } = useQuery({
    queryKey: ["register", text],
    queryFn: ({ signal }) => deskApi.searchRegister(text, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Input.Search
        allowClear
        enterButton
        maxLength={LONGEST}
        placeholder={words.search}
        aria-label={`${title} ${words.search}`}
        loading={isFetching}
        onSearch={(value) => setText(value.trim())}
      />
      {error && <ErrorLine error={error} />}
      {text !== "" && data?.customers.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.nothing} />
      )}
      <ul className="merge-found">
        {text !== "" &&
          data?.customers.map((customer) => (
            <li key={customer.id} className="merge-line" data-testid="merge-found">
              <span>
                <strong>{customer.name}</strong>{" "}
                <span className="ticket-number">{customer.phones_masked.join(words.list)}</span>
                <div className="quiet">{customer.address}</div>
              </span>
              <Button size="small" onClick={() => onChoose(customer.id)}>
                {words.choose}
              </Button>
            </li>
          ))}
      </ul>
    </>
  );
}

interface FileSlotProps {
  slot: "a" | "b";
  id: string | null;
  onChoose(id: string | null): void;
}

/** One of the two files: looked for, or chosen. */
export function FileSlot({ slot, id, onChoose }: FileSlotProps) {
  const title = words.slots[slot];
  const { data: file, error, refetch } = useCustomerFile(id);
  const into = file?.merged_into ?? null;
  return (
    <Card
      size="small"
      title={title}
      data-testid={`merge-slot-${slot}`}
      extra={
        id !== null && (
          <Button size="small" onClick={() => onChoose(null)}>
            {words.other}
          </Button>
        )
      }
    >
      {id === null && <Finder title={title} onChoose={onChoose} />}
      {id !== null && !file && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {id !== null && !file && !error && <Skeleton active paragraph={{ rows: 1 }} />}
      {id !== null && file && (
        <>
          <strong>{file.name}</strong>{" "}
          <span className="ticket-number">{file.phones.join(words.list)}</span>
          <div className="quiet">{file.address}</div>
        </>
      )}
      {into !== null && (
        <Alert
          showIcon
          type="warning"
          title={words.mergedBefore}
          action={
            <Button size="small" onClick={() => onChoose(into)}>
              {words.openCurrent}
            </Button>
          }
        />
      )}
    </Card>
  );
}
