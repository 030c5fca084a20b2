// Accounts by HTTP: `list` and `one` are two functions of the same code. Requests come in the payload format 2.0.

import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";

const database = new DynamoDBClient();
const TableName = process.env.STP_ACCOUNTS_NAME;

const answer = (statusCode, body) => ({ statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const shown = (item) => ({ id: item.id.S, name: item.name?.S });

export const list = async () => {
  const { Items } = await database.send(new ScanCommand({ TableName, Limit: 100 }));
  return answer(200, Items.map(shown));
};

export const one = async ({ requestContext, pathParameters, body }) => {
  const id = { S: pathParameters.id };
  if (requestContext.http.method === "PUT") {
    const name = { S: String(JSON.parse(body).name) };
    await database.send(new PutItemCommand({ TableName, Item: { id, name } }));
    return answer(200, { id: id.S, name: name.S });
  }
  const { Item } = await database.send(new GetItemCommand({ TableName, Key: { id } }));
  return Item ? answer(200, shown(Item)) : answer(404, { error: "no such account" });
};
