CREATE TABLE `thread_texts` (
	`id` integer PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`message_id` text,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `thread_texts_thread` ON `thread_texts` (`thread_id`,`message_id`);--> statement-breakpoint
CREATE INDEX `thread_texts_message` ON `thread_texts` (`message_id`);--> statement-breakpoint
DROP INDEX `threads_workspace`;--> statement-breakpoint
ALTER TABLE `threads` ADD `pinned` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `threads` ADD `archived` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `threads` ADD `visibility` text DEFAULT 'private' NOT NULL;--> statement-breakpoint
CREATE INDEX `threads_owner` ON `threads` (`workspace_id`,`user_id`,`archived`,`pinned`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `threads_shared` ON `threads` (`workspace_id`,`visibility`,`archived`,`updated_at`,`id`);--> statement-breakpoint
DROP INDEX `answers_thread`;--> statement-breakpoint
CREATE INDEX `answers_thread` ON `answers` (`thread_id`,`state`);--> statement-breakpoint
CREATE VIRTUAL TABLE `thread_fts` USING fts5(scope, body, content='', contentless_delete=1, prefix='1 2', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'");
--> statement-breakpoint
CREATE TRIGGER `thread_texts_delete` AFTER DELETE ON `thread_texts` BEGIN DELETE FROM `thread_fts` WHERE rowid = old.`id`; END;
--> statement-breakpoint
INSERT INTO `thread_texts` (`thread_id`, `message_id`) SELECT `id`, NULL FROM `threads` ORDER BY `id`;
--> statement-breakpoint
INSERT INTO `thread_texts` (`thread_id`, `message_id`) SELECT `thread_id`, `id` FROM `messages` WHERE `text` <> '' ORDER BY `id`;
--> statement-breakpoint
INSERT INTO `thread_fts` (rowid, scope, body) SELECT t.`id`, concat_ws(' ', h.`workspace_id`, h.`user_id`, h.`key_id`), coalesce(m.`text`, h.`title`) FROM `thread_texts` t JOIN `threads` h ON h.`id` = t.`thread_id` LEFT JOIN `messages` m ON m.`id` = t.`message_id`;
