import type { PaperPiece } from "../../../protocol/api/printer-simulator.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../printer.module.css";

/** At 203 dpi. */
const DOTS_PER_MM = 8;

interface PaperProps {
	piece: PaperPiece;
	/** When it came out, in the browser's time zone. */
	time: string;
	t: Translate;
}

/** A piece of paper, two dots to a pixel. */
export function Paper({ piece: { id, width, height }, time, t }: PaperProps) {
	const caption = t("piece", { id: String(id), time });
	return (
		<li className={styles.piece}>
			<img src={`/paper/${id}.png`} width={width / 2} height={height / 2} alt={caption} />
			<p className={styles.caption} aria-hidden="true">
				<span>{caption}</span>
				<span>{t("length", { millimetres: String(Math.round(height / DOTS_PER_MM)) })}</span>
			</p>
		</li>
	);
}
