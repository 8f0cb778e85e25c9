// The service: Olympe's runtime, the bricks of the extensions, and those of this project.
import 'olympe';
import '@olympeio/core';
import '@olympeio-extensions/commons';
import '@olympeio-extensions/file-format-support';
import '@olympeio-extensions/open-sky';
import '@olympeio-extensions/mapbox';
import '@olympeio-extensions/qrcode-zxing';
import '@olympeio-extensions/samples';
import '@olympeio-extensions/workflow';
import '@olympeio-extensions/chartjs';
import '@olympeio-extensions/lab';

import './bricks/common/rounded.js';
import './bricks/node/health.js';
