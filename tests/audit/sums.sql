-- What the figures are counted from, out of the tables of a store. What stands in brackets, SQLite and PostgreSQL say
-- differently: see sums.py.

CREATE TEMP TABLE line AS
SELECT conversation, number, role, agent, [seconds:at] AS at, reply, CAST(note AS INTEGER) AS note FROM messages;
CREATE INDEX line_of ON line (conversation, number);

CREATE TEMP TABLE said AS SELECT conversation, number, role, agent, at, reply FROM line WHERE note = 0;
CREATE INDEX said_of ON said (conversation, number);

CREATE TEMP TABLE mark AS SELECT conversation, reply, agent, kind, category, rule, severity, timing FROM notes;
CREATE INDEX mark_of ON mark (conversation, reply);

CREATE TEMP TABLE act AS
SELECT conversation, number, role, [item:] AS act FROM messages, [items:acts];
CREATE INDEX act_of ON act (conversation, number);

CREATE TEMP TABLE promise AS
SELECT conversations.id AS conversation, [words:agent] AS agent, [words:by] AS term,
  CAST([moment:item.value ->> 'due'] AS DOUBLE PRECISION) AS due, [words:kept] AS kept
FROM conversations, [items:promises];

CREATE TEMP TABLE remedy AS
SELECT conversations.id AS conversation, [words:agent] AS agent, [words:kind] AS kind
FROM conversations, [items:remedies];

CREATE TEMP TABLE talk AS
SELECT conversations.id, medium, customer, team, topic, rating, handed_on, inferred_handovers,
  COALESCE(stated.opened, (SELECT at FROM line WHERE conversation = conversations.id AND at IS NOT NULL
    ORDER BY note, number LIMIT 1)) AS opened,
  COALESCE(stated.closed, (SELECT at FROM line WHERE conversation = conversations.id AND at IS NOT NULL
    ORDER BY note, number DESC LIMIT 1)) AS closed,
  CAST(solved AS INTEGER) AS said_solved, CAST(COALESCE(solved, inferred_solved) AS INTEGER) AS solved,
  CAST(escalated AS INTEGER) AS escalated, CAST(complaint AS INTEGER) AS complaint,
  CAST(taken_up AS INTEGER) AS taken_up, CAST(timeline_given AS INTEGER) AS timeline_given,
  CASE WHEN CAST(unanswered AS TEXT) = '[]' THEN 0 ELSE 1 END AS unanswered
FROM conversations LEFT JOIN stated ON stated.id = conversations.id;

CREATE TEMP TABLE dated AS
SELECT talk.*, COALESCE([week:opened], '') AS week FROM talk;

CREATE TEMP TABLE reply AS
SELECT conversation, reply, MIN(number) AS number FROM said WHERE role = 'agent' AND reply IS NOT NULL
GROUP BY conversation, reply;

CREATE TEMP TABLE replied AS
SELECT reply.conversation, reply.reply, reply.number, said.agent, said.at
FROM reply JOIN said ON said.conversation = reply.conversation AND said.number = reply.number;
CREATE INDEX replied_of ON replied (conversation, number);

CREATE TEMP TABLE whose AS
SELECT DISTINCT conversation, agent FROM replied
UNION ALL SELECT id, '' FROM talk WHERE id NOT IN (SELECT conversation FROM replied);

CREATE TEMP TABLE pair AS
SELECT earlier.id AS earlier, later.id AS later FROM talk AS earlier JOIN talk AS later
  ON later.customer = earlier.customer AND later.topic = earlier.topic AND later.id <> earlier.id
WHERE earlier.customer <> '' AND later.opened - earlier.opened <= 604800
  AND (earlier.opened < later.opened OR (earlier.opened = later.opened AND earlier.id < later.id));

CREATE TEMP TABLE asked AS
SELECT conversation, MIN(number) AS number FROM said WHERE role = 'customer' GROUP BY conversation;

CREATE TEMP TABLE last_turn AS
SELECT conversation, MAX(number) AS number, (SELECT COALESCE(MAX(number), 0) FROM said AS agent
  WHERE agent.conversation = said.conversation AND agent.role = 'agent' AND agent.number < MAX(said.number)) AS since
FROM said WHERE role = 'customer' GROUP BY conversation;

CREATE TEMP TABLE complained AS
SELECT act.conversation, MIN(act.number) AS number FROM act JOIN asked ON asked.conversation = act.conversation
WHERE role = 'customer' AND (act IN ('upset', 'rejects-apology')
  OR (act = 'reports-failure' OR (act = 'unsolved' AND act.number = asked.number)) AND NOT EXISTS (
    SELECT 1 FROM act AS own WHERE own.conversation = act.conversation AND own.number = act.number
      AND own.act = 'own-mistake'))
GROUP BY act.conversation;

CREATE TEMP TABLE sorry AS
SELECT act.conversation, MIN(line.reply) AS reply FROM act
JOIN line ON line.conversation = act.conversation AND line.number = act.number
WHERE act.role = 'agent' AND act = 'sincere-apology' GROUP BY act.conversation;

CREATE TEMP TABLE due AS
SELECT answer.conversation, sorry.reply - answer.reply + 1 AS apology
FROM (SELECT replied.conversation, MIN(reply) AS reply FROM replied
  JOIN complained ON complained.conversation = replied.conversation AND complained.number < replied.number
  GROUP BY replied.conversation) AS answer
LEFT JOIN sorry ON sorry.conversation = answer.conversation
WHERE sorry.reply IS NULL OR sorry.reply >= answer.reply;

CREATE TEMP TABLE upset_first AS
SELECT DISTINCT act.conversation FROM act JOIN asked ON asked.conversation = act.conversation
WHERE role = 'customer' AND act IN ('upset', 'rejects-apology') AND NOT EXISTS (
  SELECT 1 FROM replied WHERE replied.conversation = act.conversation AND replied.number > asked.number
    AND replied.number < act.number);

CREATE TEMP TABLE upset_last AS
SELECT DISTINCT act.conversation FROM act JOIN last_turn ON last_turn.conversation = act.conversation
WHERE act.number > since AND act IN ('upset', 'rejects-apology', 'leaving') AND role = 'customer'
  AND NOT EXISTS (SELECT 1 FROM act AS fine WHERE fine.conversation = act.conversation AND fine.role = 'customer'
    AND fine.number > since AND fine.act = 'solved');

CREATE TEMP TABLE wait (
  kind TEXT, conversation TEXT, place INTEGER, agent TEXT, begun DOUBLE PRECISION, ended DOUBLE PRECISION
);

INSERT INTO wait
SELECT 'first', talk.id, 0, answer.agent,
  CASE WHEN stated.opened <= customer.at AND NOT EXISTS (
    SELECT 1 FROM replied WHERE replied.conversation = talk.id AND replied.number < asked.number)
  THEN stated.opened ELSE customer.at END,
  answer.at
FROM talk JOIN asked ON asked.conversation = talk.id
JOIN said AS customer ON customer.conversation = talk.id AND customer.number = asked.number
JOIN replied AS answer ON answer.conversation = talk.id AND answer.number = (
  SELECT MIN(number) FROM replied WHERE replied.conversation = talk.id AND replied.number > asked.number)
LEFT JOIN stated ON stated.id = talk.id
WHERE talk.medium <> 'voice' AND customer.at <= answer.at;

INSERT INTO wait
SELECT 'first', talk.id, 0, answer.agent, stated.opened, answer.at
FROM talk JOIN stated ON stated.id = talk.id
JOIN replied AS answer ON answer.conversation = talk.id AND answer.reply = 1
WHERE talk.medium = 'voice' AND stated.opened <= answer.at;

INSERT INTO wait
SELECT 'each', answer.conversation, answer.number, answer.agent, customer.at, answer.at
FROM replied AS answer JOIN said AS customer ON customer.conversation = answer.conversation AND customer.number = (
  SELECT MIN(waiting.number) FROM said AS waiting
  WHERE waiting.conversation = answer.conversation AND waiting.role = 'customer' AND waiting.number < answer.number
    AND waiting.number > COALESCE((SELECT MAX(before.number) FROM said AS before
      WHERE before.conversation = answer.conversation AND before.role = 'agent' AND before.number < answer.number), 0))
WHERE customer.at <= answer.at;

INSERT INTO wait SELECT 'end', id, 0, NULL, opened, closed FROM talk WHERE solved = 1 AND opened <= closed;
