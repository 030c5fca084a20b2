// Called when a list of orders is uploaded: lays each line in the queue as an order.

import { S3Client, GetObjectCommand } from "@aws-sdk/client-s3";
import { SQSClient, SendMessageBatchCommand } from "@aws-sdk/client-sqs";

const buckets = new S3Client();
const queues = new SQSClient();
const BATCH = 10;

export const handler = async ({ detail }) => {
  const { Body } = await buckets.send(new GetObjectCommand({ Bucket: detail.bucket.name, Key: detail.object.key }));
  const lines = (await Body.transformToString()).split("\n").filter((line) => line.trim());
  const orders = lines.map((line) => line.split(",").map((field) => field.trim())).map(([id, article, number]) => ({ id, article, number: Number(number) }));
  for (let first = 0; first < orders.length; first += BATCH) {
    const Entries = orders.slice(first, first + BATCH).map((order, index) => ({ Id: String(index), MessageBody: JSON.stringify(order) }));
    const { Failed } = await queues.send(new SendMessageBatchCommand({ QueueUrl: process.env.STP_JOBS_URL, Entries }));
    // What calls the function tries again, as a whole.
    if (Failed?.length) throw new Error(`${Failed.length} orders were not taken`);
  }
  console.log(`${orders.length} orders of ${detail.object.key}`);
};
