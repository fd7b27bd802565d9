import { useEffect } from "react";
import type { FleetCommand } from "../../../protocol/api/fleet.ts";
import { formatDateTime, formatRelative } from "../../i18n/format-time.ts";
import shared from "../fleet.module.css";
import { zoneOf } from "../state/classify.ts";
import styles from "./station-card.module.css";
import type { StationCardProps } from "./view-props.ts";

/** With fewer commands than this, the card loads older ones by itself. */
const FEW = 5;

/** The station's commands and their outcomes, newest first. */
export function CommandList(props: StationCardProps) {
	const { state, fleet, t, station } = props;
	const { older } = state;
	const newest = station.commands;
	// Older commands stay loaded while the snapshot's own list moves on.
	const numbers = new Set(newest.map(({ number }) => number));
	const commands = [...newest, ...older.commands.filter(({ number }) => !numbers.has(number))];
	const last = commands.at(-1)?.number ?? null;
	const isShort = commands.length < FEW && older.commands.length === 0 && !older.end;
	useEffect(() => {
		// The snapshot only has those of the last day.
		if (isShort) void fleet.olderCommands(station.id, last);
	}, [isShort, station.id, last, fleet]);
	return (
		<>
			<h3>{t("commands")}</h3>
			{commands.length === 0 ? (
				<p className={shared.hint}>{t("commandsNone")}</p>
			) : (
				<ol className={styles.lines} aria-live="polite">
					{commands.map((command) => (
						<CommandLine key={command.number} command={command} {...props} />
					))}
				</ol>
			)}
			{last !== null && last > 1 && !older.end && (
				<button type="button" className={styles.more} onClick={() => void fleet.olderCommands(station.id, last)}>
					{t("commandsOlder")}
				</button>
			)}
		</>
	);
}

function CommandLine({ command, t, language, now, names, station }: StationCardProps & { command: FleetCommand }) {
	const { action, createdBy, createdAt, outcome, reason } = command;
	return (
		<li>
			<span>{describeAction(action, { t, language, names, station })}</span>
			<span className={styles.outcome} data-outcome={outcome ?? "pending"}>
				{t(`outcome.${outcome ?? "pending"}`)}
				{reason !== null && <code> {reason}</code>}
			</span>
			<span className={shared.hint}>
				{createdBy ?? t("byServer")} · {formatRelative(createdAt, now, language)}
			</span>
		</li>
	);
}

function describeAction(
	action: FleetCommand["action"],
	{ t, language, names, station }: Pick<StationCardProps, "t" | "language" | "names" | "station">,
): string {
	switch (action.kind) {
		case "set-topic":
			return t("labelled", {
				label: t(action.open ? "action.open-topic" : "action.close-topic"),
				value: names.topic(action.topic) ?? action.topic,
			});
		case "close-site":
			return action.until === null
				? t("action.close-site")
				: t("action.close-site-until", { time: formatDateTime(action.until, language, zoneOf(station)) });
		default:
			return t(`action.${action.kind}`);
	}
}
