import { type CSSProperties, useRef } from "react";
import type { Topic } from "../../../protocol/board.ts";
import { useKiosk, useTell, useWords } from "../context.ts";
import { sayClosed } from "../opening.ts";
import { Button } from "../parts/button.tsx";
import { Heading } from "../parts/heading.tsx";
import { Icon } from "../parts/icon.tsx";
import { useFit } from "../parts/use-fit.ts";
import { topicsAfterPage, topicsOnPage, type Visit } from "../visit.ts";
import { sayWait } from "../waits.ts";
import styles from "./topics-screen.module.css";

export function TopicsScreen({ visit }: { visit: Visit & { at: "topics" } }) {
	const { topics } = useKiosk();
	const { say } = useWords();
	const tell = useTell();
	const list = useRef<HTMLUListElement>(null);
	const site = topics[visit.language]?.site;
	const all = topics[visit.language]?.topics ?? [];
	const shown = topicsOnPage(all, visit.page);
	const left = topicsAfterPage(all, visit.page);
	useFit(list, "[data-box]", shown.map((topic) => `${topic.name} ${topic.taken} ${sayWait(say, topic)}`).join());

	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>{say(visit.page === 0 ? "topics.title" : "topics.more")}</Heading>
				{visit.notice === "topic-gone" ? (
					<p className={styles.notice} role="alert">
						<Icon name="info" />
						<span>{say("topics.gone")}</span>
					</p>
				) : site?.open === false ? (
					<p className={styles.notice}>
						<Icon name="clock" />
						<span>{sayClosed(say, site, visit.language)}</span>
					</p>
				) : (
					<p className={styles.hint}>{say("topics.hint")}</p>
				)}
			</div>
			<ul ref={list} className={styles.topics} style={rowsOf(shown.length + (left > 0 ? 1 : 0))}>
				{shown.map((topic) => (
					<li key={topic.id}>
						<TopicTile topic={topic} onPress={() => tell({ type: "topic-chosen", topic: topic.id })} />
					</li>
				))}
				{left > 0 && (
					<li>
						<Tile
							icon="ellipsis"
							name={say("topics.more")}
							line={say("topics.moreHint", { count: left })}
							onPress={() => tell({ type: "page-turned", page: visit.page + 1 })}
						/>
					</li>
				)}
			</ul>
			<div className={styles.actions}>
				{visit.page > 0 && (
					<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => tell({ type: "went-back" })}>
						{say("back")}
					</Button>
				)}
				<Button kind="plain" icon={<Icon name="badge-check" />} onPress={() => tell({ type: "check-in-opened" })}>
					{say("checkin.open")}
				</Button>
			</div>
		</main>
	);
}

/** How many rows the tiles take, by the number of columns that a layout has. */
function rowsOf(tiles: number): CSSProperties {
	const rows = Object.fromEntries([3, 4].map((columns) => [`--rows-of-${columns}`, Math.ceil(tiles / columns)]));
	return rows as CSSProperties;
}

function TopicTile({ topic, onPress }: { topic: Topic; onPress(): void }) {
	const { say } = useWords();
	const taken = topic.taken === "yes";
	const line = taken ? sayWait(say, topic) : say(topic.taken === "full" ? "topics.full" : "topics.closed");
	return <Tile icon={topic.icon} name={topic.name} line={line} away={!taken} onPress={onPress} />;
}

function Tile(props: { icon: string; name: string; line: string; away?: boolean; onPress(): void }) {
	return (
		<button
			type="button"
			className={styles.tile}
			data-away={props.away === true ? "" : undefined}
			onClick={props.onPress}
			data-box
		>
			<span className={styles.picture}>
				<Icon name={props.icon} />
			</span>
			<span className={styles.words}>
				<span className={styles.name}>{props.name}</span>
				<span className={styles.line}>{props.line}</span>
			</span>
		</button>
	);
}
