FROM public.ecr.aws/docker/library/python:3.14-alpine AS build
RUN apk add --no-cache build-base libffi-dev
RUN python -m pip install --no-cache-dir uv==0.13.9
ENV UV_COMPILE_BYTECODE=1
ENV UV_LINK_MODE=copy
ENV UV_PROJECT_ENVIRONMENT=/venv
ENV UV_PYTHON_DOWNLOADS=never
RUN uv venv /venv
WORKDIR /app
COPY . .
RUN uv sync --frozen --no-dev --no-editable --extra pdf --group web --no-group 'lint me'
RUN uv pip uninstall --python /venv boto3
RUN python -m pip install --no-cache-dir python-minifier==3.4.0 && pyminify --in-place .
RUN rm -rf .stacktape

FROM public.ecr.aws/docker/library/python:3.14-alpine
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
