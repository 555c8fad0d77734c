import { create } from 'qrcode';
import { useMemo } from 'react';

/** A two-dimensional code, drawn here: what is in it is told to nobody. */
export function QrCode({ text }: { text: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const rows = Array.from({ length: modules.size }, (_row, index) => index);
    const dark = rows.flatMap((y) =>
      rows.filter((x) => modules.get(y, x) === 1).map((x) => `M${x} ${y}h1v1h-1z`),
    );
    return { size: modules.size, path: dark.join('') };
  }, [text]);
  return (
    <svg viewBox={`-4 -4 ${size + 8} ${size + 8}`} width="220" height="220" role="img" aria-label="QR">
      <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
