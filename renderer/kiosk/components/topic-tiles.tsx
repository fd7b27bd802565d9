import { type CSSProperties, useRef } from "react";
import type { Topic, TopicAtOtherSites } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { formatWait } from "../messages/format-wait.ts";
import type { KioskTranslate } from "../messages/messages.ts";
import { isGiven } from "../state/state.ts";
import { pageOf } from "../state/topic-pages.ts";
import { useLangOf, useMessages } from "./context.ts";
import { Icon } from "./icon.tsx";
import styles from "./topic-tiles.module.css";
import { useFit } from "./use-fit.ts";

interface TopicTilesProps {
	topics: readonly (Topic | TopicAtOtherSites)[];
	page: number;
	/** Where several are chosen: those that are, so far. */
	chosen?: readonly string[];
	/** No other may be chosen beside them. */
	full?: boolean;
	/** How many topics only other sites offer, where a tile leads to them. */
	others?: number;
	onChoose(topic: string): void;
	onMore(page: number): void;
	onOtherSites?(): void;
}

/** A page of topics as tiles, those of a group together; where there are more, the last tile leads to them. */
export function TopicTiles(props: TopicTilesProps) {
	const { topics, page, chosen, full = false, others = 0, onChoose, onMore, onOtherSites } = props;
	const { t } = useMessages();
	const langOf = useLangOf();
	const list = useRef<HTMLUListElement>(null);
	const { shown, left, otherSites } = pageOf(topics, page, others);
	const hasGroups = new Set(shown.map(({ group }) => group.id)).size > 1;
	useFit(list, "[data-box]", shown.map((topic) => textOf(t, topic)).join());
	return (
		<ul ref={list} className={styles.topics} style={rowsOf(shown.length + (left > 0 || otherSites ? 1 : 0))}>
			{shown.map((topic, place) => (
				<li key={topic.id}>
					{hasGroups && shown[place - 1]?.group.id !== topic.group.id && (
						<span className={styles.group} lang={langOf(topic.group.name)}>
							{topic.group.name}
						</span>
					)}
					<TopicTile
						topic={topic}
						line={"availability" in topic ? sayLine(t, topic) : undefined}
						chosen={chosen?.includes(topic.id)}
						barred={full && !chosen?.includes(topic.id)}
						onPress={() => onChoose(topic.id)}
					/>
				</li>
			))}
			{left > 0 && (
				<li>
					<Tile
						icon="ellipsis"
						name={t("topics.more")}
						line={t("topics.moreHint", { count: left })}
						onPress={() => onMore(page + 1)}
					/>
				</li>
			)}
			{otherSites && (
				<li>
					<Tile
						icon="map-pin-house"
						name={t("topics.other-sites")}
						line={t("topics.atOthers")}
						onPress={() => onOtherSites?.()}
					/>
				</li>
			)}
		</ul>
	);
}

/** How many rows the tiles take, by the number of columns that a layout has. */
function rowsOf(tiles: number): CSSProperties {
	const rows = Object.fromEntries([3, 4].map((columns) => [`--rows-of-${columns}`, Math.ceil(tiles / columns)]));
	return rows as CSSProperties;
}

interface TopicTileProps {
	topic: Topic | TopicAtOtherSites;
	line: string | undefined;
	chosen?: boolean | undefined;
	barred?: boolean;
	onPress(): void;
}

/** One topic as a tile: what it is, and a line about it. */
export function TopicTile({ topic, line, chosen, barred, onPress }: TopicTileProps) {
	const { t } = useMessages();
	const langOf = useLangOf();
	const away = "availability" in topic && !isGiven(topic.availability);
	const isLast = "availability" in topic && topic.availability === "last";
	const { icon, name } = topic;
	const mark = isLast ? t("topics.last") : undefined;
	const shown = { icon, name, lang: langOf(name), line, mark, away, chosen, barred };
	return <Tile {...shown} onPress={onPress} />;
}

/** How long one waits, why it is not taken now, or that other sites do it. */
export function sayLine(t: KioskTranslate, topic: Topic | TopicAtOtherSites): string {
	if (!("availability" in topic)) return t("topics.atOthers");
	switch (topic.availability) {
		case "yes":
		case "last":
			return formatWait(t, topic);
		case "closed":
		case "full":
		case "hours":
			return t(`topics.${topic.availability}`);
	}
}

/** What a tile shows, for finding the size that fits. */
export function textOf(t: KioskTranslate, topic: Topic | TopicAtOtherSites): string {
	return [topic.name, "availability" in topic && topic.availability, sayLine(t, topic)].join(" ");
}

interface TileProps {
	icon: string;
	name: string;
	lang?: Language | undefined;
	line: string | undefined;
	/** What is worth knowing besides. */
	mark?: string | undefined;
	away?: boolean;
	chosen?: boolean | undefined;
	barred?: boolean | undefined;
	onPress(): void;
}

function Tile({ icon, name, lang, line, mark, away = false, chosen, barred = false, onPress }: TileProps) {
	return (
		<button
			type="button"
			className={styles.tile}
			data-away={away ? "" : undefined}
			aria-pressed={chosen}
			aria-disabled={barred || undefined}
			onClick={onPress}
			data-box
		>
			<span className={styles.picture}>
				<Icon name={chosen === true ? "check" : icon} />
			</span>
			<span className={styles.words}>
				<span className={styles.name} lang={lang}>
					{name}
				</span>
				{line !== undefined && <span className={styles.line}>{line}</span>}
				{mark !== undefined && <span className={styles.mark}>{mark}</span>}
			</span>
		</button>
	);
}
