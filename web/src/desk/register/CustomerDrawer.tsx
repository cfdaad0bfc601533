import { useMutation, useQuery } from "@tanstack/react-query";
import {
  App,
  Button,
  Card,
  Descriptions,
  Drawer,
  Flex,
  Grid,
  Input,
  Skeleton,
  Tag,
  Timeline,
} from "antd";
import { useState } from "react";
import { deskApi } from "../../api/desk";
import { listsApi } from "../../api/lists";
import type { CustomerFile } from "../../api/types";
import { registerWords } from "../../messages/wall.zh-CN";
import { labelOf } from "../../shared/labels";
import { formatTime } from "../../shared/time";
import { ErrorPanel, messageOf } from "../components/ErrorPanel";
import { RevealButton } from "../reveal/RevealButton";
import { supervises } from "../session/roles";
import { useSession } from "../session/useSession";
import { MergeHistory } from "./merging/MergeHistory";
import { SaleTable } from "./RegisterTables";

const WIDE = 760;
const words = registerWords;

function Facts({ file, onRevealed }: { file: CustomerFile; onRevealed(): void }) {
  const items = [
    {
      key: "phones",
      label: words.phones,
      children: (
        <div>
          {file.phones.map((phone) => (
            <div key={phone} className="ticket-number">
              {phone}
            </div>
          ))}
          {!file.revealed && (
            <RevealButton
              reveal={(reason) => listsApi.revealCustomer(file.id, reason)}
              onRevealed={onRevealed}
            />
          )}
        </div>
      ),
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

/** What was promised, and at which prices of parts (R10-8); what it was before stays among the entries. */
function Agreement({ file, onChanged }: { file: CustomerFile; onChanged(): void }) {
  const { message } = App.useApp();
  const [text, setText] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (agreed: string) => deskApi.agree(file.id, agreed.trim() || null),
    onSuccess: () => {
      setText(null);
      onChanged();
    },
    onError: (error) => void message.warning(messageOf(error)),
  });
  const edit = (
    <Button size="small" onClick={() => setText(file.technical_agreement ?? "")}>
      {words.editAgreement}
    </Button>
  );
  return (
    <Card size="small" title={words.agreement} extra={text === null && edit}>
      {text === null ? (
        <span className={file.technical_agreement ? "own-words" : "quiet"}>
          {file.technical_agreement ?? words.noAgreement}
        </span>
      ) : (
        <Flex vertical gap="small">
          <Input.TextArea
            aria-label={words.agreement}
            autoSize={{ minRows: 3, maxRows: 12 }}
            maxLength={20_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate(text)}>
            {words.saveAgreement}
          </Button>
        </Flex>
      )}
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

interface CustomerDrawerProps {
  id: string;
  onOther(id: string): void;
  onClose(): void;
}

/** A customer's file (R10-8). */
export function CustomerDrawer({ id, onOther, onClose }: CustomerDrawerProps) {
  const role = useSession().data?.user.role;
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
          <Facts file={data} onRevealed={() => void refetch()} />
          <Card size="small" title={words.sales}>
            <SaleTable sales={data.sales} />
          </Card>
          <Contracts file={data} />
          <Agreement file={data} onChanged={() => void refetch()} />
          <Entries file={data} />
          <MergeHistory
            file={data}
            mayMerge={role !== undefined && supervises(role)}
            onOther={onOther}
          />
        </div>
      )}
    </Drawer>
  );
}
