// What a job is told: what has started it, which attempt it is, and what it is connected to.
const { STP_TRIGGER_EVENT_DATA, STP_CURRENT_ATTEMPT, STP_MAXIMUM_ATTEMPTS, STP_UPLOADS_NAME } = process.env;

console.log(`attempt ${STP_CURRENT_ATTEMPT} of ${STP_MAXIMUM_ATTEMPTS}, started by ${STP_TRIGGER_EVENT_DATA}`);
console.log(`making thumbnails of the pictures in ${STP_UPLOADS_NAME}`);
