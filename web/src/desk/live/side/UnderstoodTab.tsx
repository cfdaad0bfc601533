import { Empty, Tag } from "antd";
import type { LiveDetail, Understanding } from "../../../api/liveTypes";
import { channelLabels, kindLabels } from "../../../messages/labels.zh-CN";
import { handReasonLabels, sideWords } from "../../../messages/live.zh-CN";
import { labelOf } from "../../../shared/labels";
import { RelativeTime } from "../../components/RelativeTime";
import { useGroups } from "../data/liveQueries";
import { useDeeds } from "../data/useDeeds";
import { confidenceText, factLines, signalTags } from "../model/understood";
import { slotName } from "../model/words";
import { FactRow } from "./FactRow";

function Matter({ understanding }: { understanding: Understanding }) {
  const { kind, secondary_kind: second, stage, asked, summary, warranty } = understanding;
  const sure = confidenceText(understanding.confidence);
  const words = sideWords;
  return (
    <>
      {summary && <p className="live-summary">{summary}</p>}
      <div className="live-tags">
        {kind && <Tag color="blue">{labelOf(kindLabels, kind)}</Tag>}
        {second && <Tag>{words.also(labelOf(kindLabels, second))}</Tag>}
        {stage && <Tag variant="outlined">{labelOf(words.stages, stage)}</Tag>}
        {signalTags(understanding.signals).map(({ key, text, grave }) => (
          <Tag key={key} color={grave ? "red" : "gold"}>
            {text}
          </Tag>
        ))}
        {sure && <span className="quiet">{sure}</span>}
      </div>
      {asked && <p className="quiet">{words.asked(slotName(asked))}</p>}
      {warranty && (
        <p className="live-warranty">
          <span className="quiet">{words.warranty}</span> {warranty}
        </p>
      )}
    </>
  );
}

function Background({ conversation }: { conversation: LiveDetail }) {
  const { data: groups = [] } = useGroups();
  const { handover_reason: reason, group, channel, started_at } = conversation;
  const groupName = groups.find(({ id }) => id === group)?.name ?? group;
  return (
    <dl className="live-facts live-background">
      {reason && (
        <div className="live-fact">
          <dt>{sideWords.reason}</dt>
          <dd>{labelOf(handReasonLabels, reason)}</dd>
        </div>
      )}
      {groupName && (
        <div className="live-fact">
          <dt>{sideWords.group}</dt>
          <dd>{groupName}</dd>
        </div>
      )}
      <div className="live-fact">
        <dt>{sideWords.channel}</dt>
        <dd>
          {labelOf(channelLabels, channel)}
          {conversation.address && channel !== "web" && (
            <span className="quiet"> {conversation.address}</span>
          )}
        </dd>
      </div>
      <div className="live-fact">
        <dt>{sideWords.since}</dt>
        <dd>
          <RelativeTime at={started_at} />
        </dd>
      </div>
    </dl>
  );
}

/** What the bot knows so far; what is wrong is put right here, and the bot learns from it. */
export function UnderstoodTab({ conversation }: { conversation: LiveDetail }) {
  const deeds = useDeeds(conversation.id);
  const { understanding } = conversation;
  const lines = understanding ? factLines(understanding) : [];
  return (
    <div data-testid="live-understood">
      {understanding ? (
        <Matter understanding={understanding} />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={sideWords.nothing} />
      )}
      {lines.length > 0 && (
        <>
          <dl className="live-facts">
            {lines.map(({ slot, value }) => (
              <FactRow
                key={slot}
                slot={slot}
                value={value}
                busy={deeds.pending === "facts"}
                onCorrect={(next) => deeds.correct({ [slot]: next })}
              />
            ))}
          </dl>
          <p className="quiet">{sideWords.corrected}</p>
        </>
      )}
      <Background conversation={conversation} />
    </div>
  );
}
