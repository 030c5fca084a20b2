FROM public.ecr.aws/docker/library/python:3.12-alpine AS build
RUN apk add --no-cache build-base libffi-dev
RUN python -m pip install --no-cache-dir uv==0.13.9
ENV UV_COMPILE_BYTECODE=1
ENV UV_LINK_MODE=copy
ENV UV_PROJECT_ENVIRONMENT=/venv
ENV UV_PYTHON_DOWNLOADS=never
RUN uv venv /venv
WORKDIR /app
COPY . .
RUN uv pip install --python /venv -r requirements.txt
RUN rm -rf .stacktape

FROM public.ecr.aws/docker/library/python:3.12-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app/ ./
ENV PATH=/venv/bin:$PATH
ENV PYTHONPATH="/app"
ENV PYTHONUNBUFFERED=1
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["python", "main.py"]
