FROM public.ecr.aws/docker/library/python:3.12-bookworm AS build
RUN python -m pip install --no-cache-dir uv==0.13.9
ENV UV_COMPILE_BYTECODE=1
ENV UV_LINK_MODE=copy
ENV UV_PROJECT_ENVIRONMENT=/venv
ENV UV_PYTHON_DOWNLOADS=never
RUN uv venv /venv
WORKDIR /app
COPY . .
RUN rm -rf .stacktape

FROM public.ecr.aws/docker/library/python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl tini && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app/ ./
ENV PATH=/venv/bin:$PATH
ENV PYTHONPATH="/app"
ENV PYTHONUNBUFFERED=1
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["python", "main.py"]
