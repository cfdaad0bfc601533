import { PhoneOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { listsApi } from "../../api/lists";
import type { Revealed } from "../../api/types";
import { undeliveredWords as words } from "../../messages/deliveries.zh-CN";
import { chatCustomerKey } from "../customers/customerQueries";
import { numbersRevealed } from "../live/data/liveUpdates";
import { RevealButton } from "../reveal/RevealButton";

interface CallCustomerProps {
  /** Asks the server for the number, which keeps it on record. */
  ask(reason: string | null): Promise<Revealed>;
  onRevealed(): void;
}

/** Offers a call where words do not arrive: first the number, then the device's own way to dial it. */
export function CallCustomer({ ask, onRevealed }: CallCustomerProps) {
  const [found, setFound] = useState<Revealed | null>(null);
  if (found === null) {
    const reveal = async (reason: string | null) => setFound(await ask(reason));
    return <RevealButton label={words.call} reveal={reveal} onRevealed={onRevealed} />;
  }
  if (!found.phone) return <span data-testid="no-phone">{words.noPhone}</span>;
  return (
    <Button
      type="link"
      size="small"
      className="inline-button"
      icon={<PhoneOutlined />}
      href={`tel:${found.phone}`}
      data-testid="dial"
    >
      {words.dial(found.phone)}
    </Button>
  );
}

/** The same for whom a conversation is with. */
export function CallFromChat({ conversationId }: { conversationId: string }) {
  const client = useQueryClient();
  const onRevealed = () => {
    void client.invalidateQueries({ queryKey: chatCustomerKey(conversationId) });
    numbersRevealed(client, conversationId);
  };
  return (
    <CallCustomer
      ask={(reason) => listsApi.revealInChat(conversationId, reason)}
      onRevealed={onRevealed}
    />
  );
}

/** What can be done about a message that did not arrive: call, or see what was said. */
export function DeliveryDeeds({ conversationId }: { conversationId: string }) {
  return (
    <span className="delivery-deeds">
      <CallFromChat conversationId={conversationId} /> ·{" "}
      <Link to={`/live/${conversationId}`}>{words.openChat}</Link>
    </span>
  );
}
