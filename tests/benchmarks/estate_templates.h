// The objects of the estate as text; words between @ are filled in.
#pragma once

#include <string_view>

namespace compliance::benchmarks {

inline constexpr std::string_view header = R"(apiVersion: @group@
kind: @kind@
metadata:
  name: bench-caracal-@name@-@number@
  namespace: estate
  labels:
    app.kubernetes.io/name: caracal
    app.kubernetes.io/instance: bench
    app.kubernetes.io/version: "2026.06.22-rc.1"
    app.kubernetes.io/managed-by: Helm
    app.kubernetes.io/part-of: caracal
    app.kubernetes.io/component: @name@
  annotations:
    example.com/owner: "team-@number@"
    example.com/note: "object @number@ of a generated estate"
)";

inline constexpr std::string_view workload_start = R"(spec:
  replicas: 2
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      app.kubernetes.io/name: caracal
      app.kubernetes.io/instance: bench
      app.kubernetes.io/component: @name@
      example.com/number: "@number@"
  template:
    metadata:
      labels:
        app.kubernetes.io/name: caracal
        app.kubernetes.io/instance: bench
        app.kubernetes.io/component: @name@
        example.com/number: "@number@"
    spec:
      serviceAccountName: bench-caracal
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 30
      securityContext:
        runAsNonRoot: true
        runAsUser: 65532
        fsGroup: 65532
        seccompProfile:
          type: RuntimeDefault
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 50
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    app.kubernetes.io/component: @name@
                    example.com/number: "@number@"
      containers:
        - name: @name@
          image: registry.example.com/estate/@image@:v2026.06.22-rc.1
          imagePullPolicy: IfNotPresent
          command: ["@program@"]
          ports:
            - name: http
              containerPort: @port@
          env:
            - name: CARACAL_MODE
              value: "stable"
            - name: PORT
              value: "@port@"
            - name: LOG_LEVEL
              value: "info"
            - name: ISSUER_URL
              value: "https://sts-@number@.example.com"
            - name: OTEL_SERVICE_NAME
              value: caracal-@name@-@number@
)";

inline constexpr std::string_view workload_middle = R"(          envFrom:
            - configMapRef:
                name: bench-caracal-@name@-@number@
          volumeMounts:
            - name: runtime-secrets
              mountPath: /run/secrets
              readOnly: true
            - name: scratch
              mountPath: /tmp
          startupProbe: {httpGet: {path: /health, port: http}, failureThreshold: 30, periodSeconds: 5}
          livenessProbe:
            httpGet:
              path: /health
              port: http
            initialDelaySeconds: 10
            periodSeconds: 10
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            initialDelaySeconds: 10
            periodSeconds: 10
          resources:
            limits:
              cpu: "1"
              memory: "768Mi"
            requests:
              cpu: "250m"
              memory: "256Mi"
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
      volumes:
        - name: scratch
          emptyDir: {medium: Memory, sizeLimit: 64Mi}
        - name: runtime-secrets
          secret:
            secretName: bench-runtime-@number@
            items:
)";

inline constexpr std::string_view service_body = R"(spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: caracal
    app.kubernetes.io/instance: bench
    app.kubernetes.io/component: @name@
    example.com/number: "@number@"
  ports:
    - name: http
      port: @port@
      targetPort: http
      protocol: TCP
)";

inline constexpr std::string_view policy_body = R"(spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: caracal
      app.kubernetes.io/instance: bench
      example.com/number: "@number@"
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: caracal
              app.kubernetes.io/instance: bench
      ports:
        - protocol: TCP
          port: @port@
  egress:
    - to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: caracal
              app.kubernetes.io/instance: bench
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
      ports:
        - {protocol: UDP, port: 53}
        - {protocol: TCP, port: 53}
)";

inline constexpr std::string_view ingress_body = R"(spec:
  ingressClassName: nginx
  tls:
    - hosts:
        - "@name@-@number@.example.com"
      secretName: tls-@number@
  rules:
    - host: "@name@-@number@.example.com"
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: bench-caracal-@name@-@number@
                port:
                  name: http
)";

inline constexpr std::string_view budget_body = R"(spec:
  minAvailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: caracal
      app.kubernetes.io/instance: bench
      app.kubernetes.io/component: @name@
      example.com/number: "@number@"
)";

inline constexpr std::string_view autoscaler_body = R"(spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: @scaled@
    name: bench-caracal-@name@-@number@
  minReplicas: 2
  maxReplicas: 6
)";

inline constexpr std::string_view monitor_body = R"(spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: caracal
      app.kubernetes.io/component: @name@
      example.com/number: "@number@"
  endpoints:
    - port: http
      path: /metrics
      interval: 30s
      authorization:
        credentials: {name: bench-runtime-@number@, key: metricsBearer}
)";

}  // namespace compliance::benchmarks
