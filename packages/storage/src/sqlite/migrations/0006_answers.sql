CREATE TABLE `model_stats` (
	`model_id` text PRIMARY KEY NOT NULL,
	`token_factors` text NOT NULL,
	`longest_prompt` integer NOT NULL,
	`prompt_limit` integer,
	`prompt_limit_at` integer,
	`read_tokens_per_second` real,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `document_summaries` (
	`document_id` text NOT NULL,
	`revision` integer NOT NULL,
	`level` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`text` text NOT NULL,
	`model_id` text NOT NULL,
	PRIMARY KEY(`document_id`, `revision`, `level`, `ordinal`),
	FOREIGN KEY (`document_id`,`revision`) REFERENCES `texts`(`document_id`,`revision`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `documents` ADD `pinned` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `documents` ADD `summary_state` text DEFAULT 'none' NOT NULL;--> statement-breakpoint
CREATE INDEX `documents_pinned` ON `documents` (`workspace_id`,`id`) WHERE pinned = 1;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `max_answer_tokens` integer;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `thinking` text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `summaries` text DEFAULT 'local' NOT NULL;--> statement-breakpoint
UPDATE `messages` SET `citations` = (SELECT json_group_array(json_set(c.`value`, '$.origin', 'model', '$.sentences', json('[]'))) FROM json_each(`messages`.`citations`) c) WHERE `citations` <> '[]';
--> statement-breakpoint
UPDATE `answer_events` SET `events` = (SELECT json_group_array(CASE json_extract(e.`value`, '$.type') WHEN 'sources-found' THEN json_set(e.`value`, '$.tableQueries', json('[]')) WHEN 'answer-end' THEN json_set(e.`value`, '$.notices', json('[]'), '$.context.basis', 'passages', '$.context.documentsMatching', json('null'), '$.context.documentsRead', 0, '$.citations', json((SELECT json_group_array(json_set(c.`value`, '$.origin', 'model', '$.sentences', json('[]'))) FROM json_each(e.`value`, '$.citations') c))) ELSE json(e.`value`) END) FROM json_each(`answer_events`.`events`) e);
