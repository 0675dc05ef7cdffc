ALTER TABLE `messages` ADD `unsupported` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `model` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `finish_reason` text;--> statement-breakpoint
UPDATE `messages` SET (`unsupported`, `model`, `finish_reason`) = (SELECT coalesce(json_extract(e.`value`, '$.unsupported'), '[]'), json_extract(e.`value`, '$.model'), json_extract(e.`value`, '$.finishReason') FROM `answer_events` r, json_each(r.`events`) e WHERE r.`answer_id` = `messages`.`answer_id` AND json_extract(e.`value`, '$.type') = 'answer-end') WHERE `role` = 'assistant' AND EXISTS (SELECT 1 FROM `answer_events` r, json_each(r.`events`) e WHERE r.`answer_id` = `messages`.`answer_id` AND json_extract(e.`value`, '$.type') = 'answer-end');
