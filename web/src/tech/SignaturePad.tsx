import { Button, Flex } from "antd";
import { type PointerEvent, useRef, useState } from "react";
import { techWords as words } from "../messages/orders.zh-CN";
import { asJpeg } from "./pictures";

const WIDTH = 640;
const HEIGHT = 260;

/** The customer signs with a finger; the ink is black on white, in whatever theme. */
export function SignaturePad({ onSigned }: { onSigned(file: Blob): void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [signed, setSigned] = useState(false);
  const pen = () => canvas.current?.getContext("2d") ?? null;
  const place = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    ];
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    const ink = pen();
    if (!ink) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (!signed) {
      ink.fillStyle = "#fff";
      ink.fillRect(0, 0, WIDTH, HEIGHT);
    }
    ink.strokeStyle = "#111";
    ink.lineWidth = 4;
    ink.lineCap = "round";
    ink.beginPath();
    ink.moveTo(...place(event));
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 0) return;
    const ink = pen();
    ink?.lineTo(...place(event));
    ink?.stroke();
    setSigned(true);
  };
  const clear = () => {
    pen()?.clearRect(0, 0, WIDTH, HEIGHT);
    setSigned(false);
  };
  const use = async () => {
    if (canvas.current) onSigned(await asJpeg(canvas.current));
    clear();
  };
  return (
    <div className="signature">
      <p className="quiet">{words.signHere}</p>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        data-testid="signature-pad"
        aria-label={words.signHere}
        onPointerDown={begin}
        onPointerMove={draw}
      />
      <Flex gap="small" justify="end">
        <Button onClick={clear}>{words.clear}</Button>
        <Button
          type="primary"
          disabled={!signed}
          data-testid="use-signature"
          onClick={() => void use()}
        >
          {words.useSignature}
        </Button>
      </Flex>
    </div>
  );
}
