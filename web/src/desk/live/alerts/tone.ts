/** Short tones made by the browser itself; nothing is loaded. */
import type { Alert } from "../model/alerts";

/** Frequencies in hertz, one after the other: rising for a new conversation, one for a message. */
const TONES: Readonly<Record<Alert, readonly number[]>> = {
  given_to_me: [660, 880],
  customer_wrote: [740],
  waiting: [520, 520],
};
const SECONDS = 0.14;
const LOUDNESS = 0.08;
/** A burst of news is one tone. */
const REST_MS = 1_500;

let context: AudioContext | null = null;
let playedAt = 0;

export function playTone(alert: Alert): void {
  const now = Date.now();
  if (now - playedAt < REST_MS) return;
  playedAt = now;
  context ??= new AudioContext();
  // before the first click of a visit the browser keeps it silent
  if (context.state === "suspended") void context.resume();
  TONES[alert].forEach((frequency, index) => {
    if (context) playOne(context, frequency, context.currentTime + index * SECONDS);
  });
}

function playOne(audio: AudioContext, frequency: number, at: number): void {
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + SECONDS);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + SECONDS);
}
