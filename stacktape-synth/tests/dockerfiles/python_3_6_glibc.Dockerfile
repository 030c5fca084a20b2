FROM public.ecr.aws/docker/library/python:3.6-bullseye AS build
RUN python -m pip install --no-cache-dir virtualenv
ENV UV_COMPILE_BYTECODE=1
ENV UV_LINK_MODE=copy
ENV UV_PROJECT_ENVIRONMENT=/venv
ENV UV_PYTHON_DOWNLOADS=never
RUN python -m virtualenv /venv
WORKDIR /app
COPY . .
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt
RUN /venv/bin/pip uninstall -y boto3
RUN rm -rf .stacktape

FROM public.ecr.aws/docker/library/python:3.6-slim-bullseye
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
