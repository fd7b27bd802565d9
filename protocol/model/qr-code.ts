import { z } from "zod";

/** A QR code to draw: an SVG path in units of one module, without the white border that it needs around it. */
export const qrCodeSchema = z.object({ size: z.int(), path: z.string() });
export type QrCode = z.infer<typeof qrCodeSchema>;
