import { type CSSProperties, useRef } from "react";
import type { Topic } from "../../../protocol/board.ts";
import type { Language } from "../../../protocol/language.ts";
import { useLangOf, useWords } from "../context.ts";
import { topicsAfterPage, topicsOnPage } from "../visit.ts";
import { sayWait } from "../waits.ts";
import { Icon } from "./icon.tsx";
import styles from "./topic-tiles.module.css";
import { useFit } from "./use-fit.ts";

interface TopicTilesProps {
	topics: readonly Topic[];
	page: number;
	/** Where several are chosen: those that are, so far. */
	chosen?: readonly string[];
	/** No other may be chosen beside them. */
	full?: boolean;
	onChoose(topic: string): void;
	onMore(page: number): void;
}

/** A page of topics as tiles; where there are more, the last tile leads to them. */
export function TopicTiles({ topics, page, chosen, full = false, onChoose, onMore }: TopicTilesProps) {
	const { say } = useWords();
	const list = useRef<HTMLUListElement>(null);
	const shown = topicsOnPage(topics, page);
	const left = topicsAfterPage(topics, page);
	useFit(list, "[data-box]", shown.map((topic) => `${topic.name} ${topic.taken} ${sayWait(say, topic)}`).join());
	return (
		<ul ref={list} className={styles.topics} style={rowsOf(shown.length + (left > 0 ? 1 : 0))}>
			{shown.map((topic) => (
				<li key={topic.id}>
					<TopicTile
						topic={topic}
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
						name={say("topics.more")}
						line={say("topics.moreHint", { count: left })}
						onPress={() => onMore(page + 1)}
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
	topic: Topic;
	chosen?: boolean | undefined;
	barred?: boolean;
	onPress(): void;
}

/** One topic as a tile: what it is, and how long one waits or why it is not taken now. */
export function TopicTile({ topic, chosen, barred, onPress }: TopicTileProps) {
	const { say } = useWords();
	const langOf = useLangOf();
	const taken = topic.taken === "yes";
	const line = taken ? sayWait(say, topic) : say(topic.taken === "full" ? "topics.full" : "topics.closed");
	const { icon, name } = topic;
	const shown = { icon, name, lang: langOf(name), line, away: !taken, chosen, barred };
	return <Tile {...shown} onPress={onPress} />;
}

interface TileProps {
	icon: string;
	name: string;
	lang?: Language | undefined;
	line: string;
	away?: boolean;
	chosen?: boolean | undefined;
	barred?: boolean | undefined;
	onPress(): void;
}

function Tile({ icon, name, lang, line, away = false, chosen, barred = false, onPress }: TileProps) {
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
				<span className={styles.line}>{line}</span>
			</span>
		</button>
	);
}
