import type { ClockHealth } from "../../../protocol/api/health.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./notice-bar.module.css";

interface ClockBarProps {
	/** Null until the station's first health report. */
	clock: ClockHealth | null;
	canConfirm: boolean;
	messages: Messages;
	onConfirm(): void;
}

/** The machine's clock is in doubt: what that means for the day, and who ends it. It stays until the clock is believed. */
export function ClockBar({ clock, canConfirm, messages, onConfirm }: ClockBarProps) {
	const doubt = clock?.doubt ?? null;
	return (
		<div role="alert" className={styles.noticePlace}>
			{doubt !== null && (
				<div className={styles.notice} data-kind="clock">
					<p>
						{messages.t(`clock_${doubt.kind}`, { duration: durationIn(messages.language, doubt.byMs) })}{" "}
						{messages.t(canConfirm ? "clockConfirmHint" : "clockAskAdministrator")}
					</p>
					{canConfirm && (
						<button type="button" onMouseDown={(event) => event.preventDefault()} onClick={onConfirm}>
							{messages.t("clockConfirm")}
						</button>
					)}
				</div>
			)}
		</div>
	);
}

const UNITS = [
	{ unit: "year", ms: 365 * 86_400_000 },
	{ unit: "day", ms: 86_400_000 },
	{ unit: "hour", ms: 3_600_000 },
	{ unit: "minute", ms: 60_000 },
] as const;

/** "3 hours", in the largest unit that fits. */
function durationIn(language: string, ms: number): string {
	const { unit, ms: length } = UNITS.find((one) => Math.abs(ms) >= one.ms) ?? UNITS[3];
	const format = new Intl.NumberFormat(language, {
		style: "unit",
		unit,
		unitDisplay: "long",
		maximumFractionDigits: 0,
	});
	return format.format(Math.max(1, Math.round(Math.abs(ms) / length)));
}
