/** What the browser offers of a voice and an ear; both are optional. */

const LANGUAGE = "zh-CN";

interface Recognition extends EventTarget {
  lang: string;
  onresult: ((event: { results: { [n: number]: { [n: number]: Result } } }) => void) | null;
  start(): void;
}
interface Result {
  transcript: string;
  confidence: number;
}
type RecognitionClass = new () => Recognition;

function recognitionClass(): RecognitionClass | undefined {
  const offered = window as unknown as Record<string, RecognitionClass | undefined>;
  return offered.SpeechRecognition ?? offered.webkitSpeechRecognition;
}

export const canListen = (): boolean => recognitionClass() !== undefined;
export const canSpeak = (): boolean => "speechSynthesis" in window;

/** Listen for one sentence. */
export function listen(heard: (words: string, confidence: number) => void): void {
  const Offered = recognitionClass();
  if (!Offered) return;
  const recognition = new Offered();
  recognition.lang = LANGUAGE;
  recognition.onresult = (event) => {
    const best = event.results[0]?.[0];
    if (best) heard(best.transcript, best.confidence);
  };
  recognition.start();
}

export function speak(text: string): void {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = LANGUAGE;
  window.speechSynthesis.speak(utterance);
}

export function hush(): void {
  if (canSpeak()) window.speechSynthesis.cancel();
}
