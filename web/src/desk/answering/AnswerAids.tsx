import { AnswerSuggestions } from "./AnswerSuggestions";
import { ClauseLookup } from "./ClauseLookup";

interface AnswerAidsProps {
  conversationId: string;
  onPick(text: string): void;
}

/** Words for the reply: what the FAQ answers, and what the clauses say. */
export function AnswerAids({ conversationId, onPick }: AnswerAidsProps) {
  return (
    <div className="answer-aids">
      <AnswerSuggestions conversationId={conversationId} onPick={onPick} />
      <ClauseLookup onPick={onPick} />
    </div>
  );
}
