import type { QrCode } from "../../../protocol/model/qr-code.ts";
import styles from "./code.module.css";

/** A QR code needs a margin of four modules on each side (ISO/IEC 18004). */
const QUIET_MODULES = 4;

/** A QR code for phones, with what it is for below it. Black on white in every mode. */
export function Code({ code, label }: { code: QrCode; label: string }) {
	const { size, path } = code;
	const whole = size + 2 * QUIET_MODULES;
	return (
		<figure className={styles.code}>
			<svg
				viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${whole} ${whole}`}
				aria-hidden="true"
				shapeRendering="crispEdges"
			>
				<rect x={-QUIET_MODULES} y={-QUIET_MODULES} width={whole} height={whole} fill="white" />
				<path d={path} fill="black" />
			</svg>
			<figcaption>{label}</figcaption>
		</figure>
	);
}
