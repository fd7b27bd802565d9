import type { PaperPiece } from "../../../protocol/api/printer-simulator.ts";
import type { Translate } from "../messages/messages.ts";
import css from "../printer.module.css";

/** Dots to the millimetre at 203 dpi. */
const DOTS_PER_MM = 8;

interface Props {
	piece: PaperPiece;
	/** When it came out, on the browser's clock. */
	time: string;
	t: Translate;
}

/** A piece of paper, two dots to a pixel. */
export function Paper({ piece: { id, width, height }, time, t }: Props) {
	const messages = t("piece", { id: String(id), time });
	return (
		<li className={css.piece}>
			<img src={`/paper/${id}.png`} width={width / 2} height={height / 2} alt={messages} />
			<p className={css.caption} aria-hidden="true">
				<span>{messages}</span>
				<span>{t("length", { millimetres: String(Math.round(height / DOTS_PER_MM)) })}</span>
			</p>
		</li>
	);
}
